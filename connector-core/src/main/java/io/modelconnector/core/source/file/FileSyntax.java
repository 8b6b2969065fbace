package io.modelconnector.core.source.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.modelconnector.core.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How the file is written. */
interface FileSyntax {
    /** A parser of the text. */
    JsonParser parser(String text) throws IOException;

    /** Whether the parser stands on something that refers to another place of the document. */
    boolean isAlias(JsonParser parser);

    /** Says in one line what is wrong, and where. */
    InvalidFileException explain(JsonProcessingException fault);

    /**
     * The syntax that the file's name stands for.
     *
     * @throws ConfigurationException if it stands for none, or for YAML while its parser is not on the class path
     */
    static FileSyntax of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return new JsonSyntax();
        }
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw new ConfigurationException(
                    "file was " + file + ", must end in .json, .yaml or .yml, which says how it is written");
        }
        try {
            return new YamlSyntax();
        } catch (NoClassDefFoundError e) {
            throw new ConfigurationException(
                    "file was " + file + ", but no YAML parser is on the class path: add the dependency"
                            + " com.fasterxml.jackson.dataformat:jackson-dataformat-yaml in the version of your"
                            + " jackson-databind, or write the file as .json",
                    e);
        }
    }
}
