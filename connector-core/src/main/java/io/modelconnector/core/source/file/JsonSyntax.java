package io.modelconnector.core.source.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/** JSON, to the letter. */
final class JsonSyntax implements FileSyntax {
    /** How the parser's messages refer to another place; the source that they name there is none to us. */
    private static final Pattern REFERENCE = Pattern.compile("\\[Source: [^]]*; line: (\\d+), column: (\\d+)]");

    private final JsonFactory factory = new JsonFactory();

    @Override
    public JsonParser parser(String text) throws IOException {
        return factory.createParser(text);
    }

    @Override
    public boolean isAlias(JsonParser parser) {
        return false;
    }

    @Override
    public InvalidFileException explain(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation() == null ? JsonLocation.NA : fault.getLocation();
        String message = REFERENCE.matcher(fault.getOriginalMessage()).replaceAll("line $1, column $2");
        return new InvalidFileException(at.getLineNr(), at.getColumnNr(), message);
    }
}
