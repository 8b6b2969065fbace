package io.modelconnector.techdocs.site;

import java.util.Map;

/** The configuration of MkDocs: names and pages, and no plugin but the one that TechDocs adds by itself. */
final class MkDocsYaml {
    private static final String PRINTABLE = "[\\x20-\\x7e]";

    private MkDocsYaml() {}

    /**
     * Writes it.
     *
     * @param name what the site is called
     * @param versions what the other versions are called, by the paths of their pages below {@code docs}, in order
     */
    static String of(String name, Map<String, String> versions) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("site_name: ").append(quoted(name)).append('\n');
        yaml.append("docs_dir: docs\n");
        yaml.append("nav:\n");
        yaml.append("  - \"Overview\": \"index.md\"\n");
        if (!versions.isEmpty()) {
            yaml.append("  - \"Versions\":\n");
            versions.forEach((path, version) -> yaml.append("      - ")
                    .append(quoted(version))
                    .append(": ")
                    .append(quoted(path))
                    .append('\n'));
        }
        // Without this, a portal that has no way out shows nothing until the fonts of the theme have failed to load.
        yaml.append("theme:\n");
        yaml.append("  name: material\n");
        yaml.append("  font: false\n");
        yaml.append("plugins:\n");
        yaml.append("  - techdocs-core\n");
        return yaml.toString();
    }

    /** A text as a double-quoted scalar, in which nothing has a meaning but the quote and the backslash. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.toString(c).matches(PRINTABLE)) {
                quoted.append((char) c);
            } else {
                quoted.append(String.format("\\U%08X", c));
            }
        });
        return quoted.append('"').toString();
    }
}
