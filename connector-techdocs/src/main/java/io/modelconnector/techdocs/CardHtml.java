package io.modelconnector.techdocs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model card as a fragment of HTML, to be shown as a part of a page. What the card has of HTML is shown as text,
 * images are links to where they are, links lead to http, https and mailto only, and headings begin at the third level. So
 * nothing in a card is run, and nothing is loaded when it is looked at.
 */
public final class CardHtml {
    private static final int LONGEST = 1 << 20;

    /** A card that nests deeper than this is not written by a person; writing it would take a stack as deep. */
    private static final int DEEPEST = 100;

    private static final int HEADING_OFFSET = 2;
    private static final int LOWEST_HEADING = 6;
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):");

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(Links::new)
            .build();

    private CardHtml() {}

    /**
     * Writes a card.
     *
     * @param markdown the card, as it is to be shown: without its front matter
     * @return balanced HTML that is safe whatever the card holds; nothing if the card has more than 1 Mi characters or nests
     *     things more than 100 deep
     */
    public static Optional<String> of(String markdown) {
        if (markdown.length() > LONGEST) {
            return Optional.empty();
        }
        Node document = PARSER.parse(markdown);
        if (isTooDeep(document)) {
            return Optional.empty();
        }
        document.accept(new HeadingsBelowThePage());
        return Optional.of(RENDERER.render(document));
    }

    /** Goes through the tree with a stack of its own: to find out how deep it is, one must not go as deep. */
    private static boolean isTooDeep(Node document) {
        record Place(Node node, int depth) {}
        Deque<Place> rest = new ArrayDeque<>();
        rest.push(new Place(document, 0));
        while (!rest.isEmpty()) {
            Place place = rest.pop();
            if (place.depth() > DEEPEST) {
                return true;
            }
            for (Node child = place.node().getFirstChild(); child != null; child = child.getNext()) {
                rest.push(new Place(child, place.depth() + 1));
            }
        }
        return false;
    }

    /** The page has headings of its own, of which the card's are a part. */
    private static final class HeadingsBelowThePage extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            heading.setLevel(Math.min(heading.getLevel() + HEADING_OFFSET, LOWEST_HEADING));
        }
    }

    /** Writes links where a reader may follow them, and images as links: what is not loaded tells nobody who looks. */
    private static final class Links implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Links(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Link.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Image image) {
                open(image, image.getDestination());
                context.getWriter().text("Image: " + description(image));
                close(image, image.getDestination());
            } else if (node instanceof Link link) {
                open(link, link.getDestination());
                for (Node child = link.getFirstChild(); child != null; child = child.getNext()) {
                    context.render(child);
                }
                close(link, link.getDestination());
            }
        }

        private void open(Node node, String destination) {
            if (isFollowed(node, destination)) {
                // Sorted, so that the same card is always written alike.
                Map<String, String> attributes = new TreeMap<>();
                attributes.put("href", context.encodeUrl(destination));
                attributes.put("rel", "noopener noreferrer nofollow");
                context.getWriter().tag("a", attributes);
            }
        }

        private void close(Node node, String destination) {
            if (isFollowed(node, destination)) {
                context.getWriter().tag("/a");
            }
        }

        /** A relative link would lead into the page's host, and a link in a link nowhere. */
        private static boolean isFollowed(Node node, String destination) {
            return leadsSomewhere(destination) && !isInLink(node);
        }

        private static boolean leadsSomewhere(@Nullable String destination) {
            Matcher scheme = SCHEME.matcher(destination == null ? "" : destination);
            return scheme.lookingAt() && SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
        }

        private static boolean isInLink(Node node) {
            for (Node above = node.getParent(); above != null; above = above.getParent()) {
                if (above instanceof Link link && leadsSomewhere(link.getDestination())) {
                    return true;
                }
            }
            return false;
        }

        private static String description(Image image) {
            StringBuilder text = new StringBuilder();
            image.accept(new AbstractVisitor() {
                @Override
                public void visit(Text part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(Code part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(SoftLineBreak part) {
                    text.append(' ');
                }

                @Override
                public void visit(HardLineBreak part) {
                    text.append(' ');
                }

                @Override
                public void visit(CustomNode part) {
                    visitChildren(part);
                }
            });
            return text.isEmpty() ? "without a description" : text.toString();
        }
    }
}
