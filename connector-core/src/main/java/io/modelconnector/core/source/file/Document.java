package io.modelconnector.core.source.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses one document into {@linkplain Node nodes}. Not thread-safe, used once. */
final class Document {
    /** The format needs seven levels; more is a mistake or an attack on the stack. */
    private static final int MAX_DEPTH = 32;

    private final FileSyntax syntax;
    private final JsonParser parser;

    private Document(FileSyntax syntax, JsonParser parser) {
        this.syntax = syntax;
        this.parser = parser;
    }

    /**
     * Parses a text.
     *
     * @throws InvalidFileException if it is not one document in that syntax
     */
    static Node parse(FileSyntax syntax, String text) throws InvalidFileException, InterruptedException {
        try (JsonParser parser = syntax.parser(text)) {
            return new Document(syntax, parser).root();
        } catch (JsonProcessingException e) {
            throw syntax.explain(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a parser of a text in memory failed to read it", e);
        }
    }

    private Node root() throws IOException, InvalidFileException, InterruptedException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            throw new InvalidFileException(1, 0, "the file is empty");
        }
        Node root = node(parser.currentTokenLocation().getLineNr(), 1);
        if (parser.nextToken() != null) {
            throw invalid("a second document begins here, but a file holds one");
        }
        return root;
    }

    private Node node(int line, int depth) throws IOException, InvalidFileException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while parsing");
        }
        if (depth > MAX_DEPTH) {
            throw invalid("nested more than " + MAX_DEPTH + " levels deep");
        }
        if (syntax.isAlias(parser)) {
            throw invalid("*" + parser.getText() + " is a YAML alias, which this format does not know:"
                    + " write the value itself, or quote a text that begins with *");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(line, depth);
            case START_ARRAY -> items(line, depth);
            case VALUE_NULL -> new Node.Nothing(line);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(parser.getText(), line);
            default -> throw invalid("neither a text nor a list nor a mapping");
        };
    }

    private Node mapping(int line, int depth) throws IOException, InvalidFileException, InterruptedException {
        Map<String, Node> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int nameLine = parser.currentTokenLocation().getLineNr();
            if (fields.containsKey(name)) {
                throw invalid("\"" + name + "\" is given twice in one mapping");
            }
            parser.nextToken();
            fields.put(name, node(nameLine, depth + 1));
        }
        return new Node.Mapping(fields, line);
    }

    private Node items(int line, int depth) throws IOException, InvalidFileException, InterruptedException {
        List<Node> nodes = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            nodes.add(node(parser.currentTokenLocation().getLineNr(), depth + 1));
        }
        return new Node.Items(nodes, line);
    }

    private InvalidFileException invalid(String message) {
        JsonLocation at = parser.currentTokenLocation();
        return new InvalidFileException(at.getLineNr(), at.getColumnNr(), message);
    }
}
