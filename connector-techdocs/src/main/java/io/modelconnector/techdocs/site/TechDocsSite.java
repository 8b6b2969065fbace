package io.modelconnector.techdocs.site;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The documentation of a model as the source tree of a MkDocs site: {@code mkdocs.yml}, {@code docs/index.md} with the model
 * card and what else is known, and a page for each other version. Portals build it with {@code techdocs-cli}, or with the
 * plugin {@code techdocs-core}; there are no hooks and no other plugins in it.
 *
 * <pre>{@code
 * TechDocsSite.of(SiteContent.of(new DocumentedModel(entry, card)), cleaner)
 *         .ifPresent(site -> site.files().forEach((path, bytes) -> write(path, bytes)));
 * }</pre>
 *
 * <p>It depends on nothing but what it is made of: the same content gives the same bytes. Short texts of authors mean nothing
 * in it but what they say. Immutable and thread-safe.
 */
public final class TechDocsSite {
    /** Above this, the cards of other versions are left to their own sites. */
    private static final int LONGEST_OTHER_CARDS = 8 << 20;

    private static final String INDEX = "docs/index.md";
    /** MkDocs takes pages of these names for the page of their directory. */
    private static final Set<String> INDEX_NAMES = Set.of("index", "readme");

    private static final int REVISION_BYTES = 20;

    private final SortedMap<String, byte[]> files;
    private final String revision;

    private TechDocsSite(SortedMap<String, byte[]> files) {
        this.files = files;
        this.revision = revision(files);
    }

    /**
     * Makes a site.
     *
     * @param content what it tells
     * @param cleaning makes longer texts of authors, such as a description, fit to be shown; given the same text, it gives the
     *     same. Model cards are shown as they are in the content
     * @return the site; nothing if there is nothing to tell
     */
    public static Optional<TechDocsSite> of(SiteContent content, UnaryOperator<String> cleaning) {
        if (content.model().saysNothing() && content.otherVersions().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        Map<String, DocumentedModel> pages = pages(content);
        Map<String, String> navigation = new LinkedHashMap<>();
        pages.forEach((path, version) -> navigation.put(path, version.version()));
        files.put("mkdocs.yml", bytes(MkDocsYaml.of(content.model().name(), navigation)));
        files.put(INDEX, bytes(index(content, pages, cleaning)));
        long length = 0;
        for (Map.Entry<String, DocumentedModel> page : pages.entrySet()) {
            DocumentedModel version = page.getValue();
            String card = version.card() == null
                            || version.card().equals(content.model().card())
                    ? null
                    : version.card();
            length += card == null ? 0 : card.length();
            boolean tooLong = card != null && length > LONGEST_OTHER_CARDS;
            files.put("docs/" + page.getKey(), bytes(versionPage(version, tooLong ? null : card, tooLong, cleaning)));
        }
        return Optional.of(new TechDocsSite(files));
    }

    private static String index(
            SiteContent content, Map<String, DocumentedModel> pages, UnaryOperator<String> cleaning) {
        ModelPage page = new ModelPage(content.model(), cleaning);
        page.writeCard(content.model().card());
        page.writeModels();
        if (!pages.isEmpty()) {
            VersionsTable table = new VersionsTable();
            table.add(
                    content.model(), "**" + MarkdownText.escape(content.model().version()) + "** (this page)");
            pages.forEach((path, version) ->
                    table.add(version, '[' + MarkdownText.escape(version.version()) + "](" + path + ')'));
            page.page().heading(2, "Versions");
            page.page().block(table.markdown());
        }
        if (content.omittedVersions() > 0) {
            page.page().block("Older versions that have no page here: " + content.omittedVersions() + '.');
        }
        page.writeServer();
        return page.page().markdown();
    }

    private static String versionPage(
            DocumentedModel version, @Nullable String card, boolean tooLong, UnaryOperator<String> cleaning) {
        ModelPage page = new ModelPage(version, cleaning);
        page.writeCard(card);
        if (tooLong) {
            page.page().block("The model card of this version is in the documentation of its own entry.");
        }
        page.writeModels();
        page.writeServer();
        page.page().block("[Other versions](../index.md)");
        return page.page().markdown();
    }

    /** The other versions by the paths of their pages, which differ in more than upper and lower case. */
    private static Map<String, DocumentedModel> pages(SiteContent content) {
        Map<String, DocumentedModel> pages = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (DocumentedModel version : content.otherVersions()) {
            String name = fileName(version.version());
            String unique = name;
            for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
                unique = name + "--" + i;
            }
            pages.put("versions/" + unique + ".md", version);
        }
        return pages;
    }

    /** A version's name, but where MkDocs would take it for something else or not at all. */
    private static String fileName(String version) {
        boolean special = version.startsWith(".") || INDEX_NAMES.contains(version.toLowerCase(Locale.ROOT));
        return special ? "version-" + version : version;
    }

    /** The files' contents by their paths, sorted. The contents must not be changed. */
    public SortedMap<String, byte[]> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * The files as {@code tar.gz}: the same bytes for the same files.
     *
     * @param directory the one directory that they are in, whose name readers strip
     */
    public byte[] tarGz(String directory) {
        return TarGz.of(directory, files);
    }

    /** 40 lower-case hexadecimal digits, as a commit's: the digest of the files' paths and contents. */
    public String revision() {
        return revision;
    }

    private static String revision(SortedMap<String, byte[]> files) {
        MessageDigest digest = sha256();
        files.forEach((path, content) -> {
            byte[] name = bytes(path);
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(name.length)
                    .putInt(content.length)
                    .flip());
            digest.update(name);
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, REVISION_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "TechDocsSite[" + files.size() + " files, " + revision + ']';
    }
}
