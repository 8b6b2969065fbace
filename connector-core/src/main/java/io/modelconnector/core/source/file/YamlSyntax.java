package io.modelconnector.core.source.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** YAML. The only class that needs the optional YAML parser: nothing else may name it but {@link FileSyntax#of}. */
final class YamlSyntax implements FileSyntax {
    private final YAMLFactory factory;

    YamlSyntax() {
        LoaderOptions options = new LoaderOptions();
        // The file's size is limited before it is parsed; the parser's own limit of 3 MiB would be a second, lower one.
        options.setCodePointLimit(Integer.MAX_VALUE);
        factory = YAMLFactory.builder()
                .loaderOptions(options)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .build();
    }

    @Override
    public JsonParser parser(String text) throws IOException {
        return factory.createParser(text);
    }

    @Override
    public boolean isAlias(JsonParser parser) {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }

    @Override
    public InvalidFileException explain(JsonProcessingException fault) {
        if (fault.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark at = marked.getProblemMark();
            return new InvalidFileException(at.getLine() + 1, at.getColumn() + 1, marked.getProblem());
        }
        JsonLocation at = fault.getLocation() == null ? JsonLocation.NA : fault.getLocation();
        String message = fault.getOriginalMessage().lines().findFirst().orElse("not YAML");
        return new InvalidFileException(at.getLineNr(), at.getColumnNr(), message);
    }
}
