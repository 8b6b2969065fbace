package io.modelconnector.core.source.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** JSON, to the letter. */
final class JsonSyntax implements FileSyntax {
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
        return new InvalidFileException(at.getLineNr(), at.getColumnNr(), fault.getOriginalMessage());
    }
}
