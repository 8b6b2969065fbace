package io.modelconnector.core.source.file;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file was found to hold: facts, and what is wrong with the rest. */
final class Findings {
    private final String file;
    private final List<RegisteredModelVersion> modelVersions = new ArrayList<>();
    private final List<ServedModel> servedModels = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> claims = new HashMap<>();

    /**
     * Starts with nothing.
     *
     * @param file the file's name, for messages
     */
    Findings(String file) {
        this.file = file;
    }

    void add(RegisteredModelVersion version) {
        modelVersions.add(version);
    }

    void add(ServedModel served) {
        servedModels.add(served);
    }

    /**
     * Takes something that only one item may have.
     *
     * @param what what it is, for messages; distinct for things of distinct kinds
     * @param place the item that takes it
     * @throws InvalidItemException if another item has it already
     */
    void claim(String what, int line, String place) throws InvalidItemException {
        String holder = claims.putIfAbsent(what, place + " in line " + line);
        if (holder != null) {
            throw new InvalidItemException(line, "takes the " + what + ", which " + holder + " has already");
        }
    }

    /**
     * Notes a problem.
     *
     * @param item the fact's id where it has one, else its place
     * @param place where the item is in the file
     */
    void problem(String item, String place, int line, String message) {
        problems.add(new Problem(item, file + " line " + line + ", " + place + ": " + message));
    }

    /** Notes that an item cannot be used; {@code id} is null where it cannot be told which fact it would have been. */
    void leftOut(@Nullable String id, String place, InvalidItemException fault) {
        problem(
                id == null ? place : id,
                place,
                fault.line(),
                fault.fault() + "; the item is left out until this is mended");
    }

    /** Notes the fields of an item that nobody asked for. */
    void unknownFields(String item, String place, ItemFields fields) {
        for (String name : fields.unknown()) {
            String meant = fields.meantBy(name);
            problem(
                    item,
                    place,
                    fields.line(name),
                    "unknown field \"" + name + "\" is ignored"
                            + (meant == null ? "" : "; did you mean \"" + meant + "\"?"));
        }
    }

    List<RegisteredModelVersion> modelVersions() {
        return modelVersions;
    }

    List<ServedModel> servedModels() {
        return servedModels;
    }

    List<Problem> problems() {
        return problems;
    }
}
