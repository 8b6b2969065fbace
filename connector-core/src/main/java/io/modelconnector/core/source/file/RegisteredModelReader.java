package io.modelconnector.core.source.file;

import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.RegisteredModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the registered models of a file and notes what was found. */
final class RegisteredModelReader {
    private final Findings findings;
    private final ModelVersionReader versions;

    RegisteredModelReader(Findings findings, ModelVersionReader versions) {
        this.findings = findings;
        this.versions = versions;
    }

    void read(Node node, String place) throws InterruptedException {
        String label = place;
        try {
            ItemFields fields = ItemFields.of(node);
            String name = fields.requiredText("name");
            label = place + " \"" + name + '"';
            String id = fields.id(StableId.of(name));
            findings.claim("model name \"" + name + '"', fields.line(), place);
            findings.claim("model id " + id, fields.line(), place);
            List<Node> items = fields.items("versions");
            if (items.isEmpty()) {
                throw new InvalidItemException(fields.line(), "has no versions, so there is nothing to publish of it");
            }
            Head head = head(fields, id, name, label);
            for (int i = 0; i < items.size(); i++) {
                versions.read(items.get(i), head, place + ".versions[" + i + ']');
            }
        } catch (InvalidItemException e) {
            findings.leftOut(null, label, e);
        }
    }

    private Head head(ItemFields fields, String id, String name, String label) {
        try {
            RegisteredModel model = new RegisteredModel(
                    id,
                    name,
                    fields.flag("archived", false),
                    fields.text("description"),
                    fields.text("owner"),
                    CustomProperties.of(EntryField.properties(fields, EntryField.OF_MODEL)));
            Head head = new Head(model, fields.scalar("card"), null);
            findings.unknownFields(label, label, fields);
            return head;
        } catch (InvalidItemException e) {
            return new Head(new RegisteredModel(id, name, false, null, null, CustomProperties.none()), null, e);
        }
    }

    /**
     * What the versions of a model have in common.
     *
     * @param model the model
     * @param card the card of versions that have none of their own
     * @param fault what is wrong with the model; it is told of each version, because the versions are the facts
     */
    record Head(
            RegisteredModel model,
            Node.@Nullable Scalar card,
            @Nullable InvalidItemException fault) {
        String name() {
            return model.name();
        }
    }
}
