package io.modelconnector.core.source.file;

import java.util.List;

/** Turns a parsed document into facts. */
final class FileFacts {
    private FileFacts() {}

    /**
     * Reads a document.
     *
     * @param root the document
     * @param file the file's name, for messages
     * @param defaultRegistry the registry's name, unless the file gives one
     * @param cards where to find model cards
     * @return what was found, items that cannot be used included as problems
     * @throws InvalidFileException if the document is of another kind altogether
     */
    static Findings read(Node root, String file, String defaultRegistry, Cards cards)
            throws InvalidFileException, InterruptedException {
        if (!(root instanceof Node.Mapping)) {
            throw new InvalidFileException(
                    root.line(), 0, "the file is " + root.kind() + ", must be a mapping with models, served, or both");
        }
        Findings findings = new Findings(file);
        try {
            ItemFields fields = ItemFields.of(root);
            String registry = fields.textOr("registry", defaultRegistry);
            List<Node> models = fields.items("models");
            List<Node> served = fields.items("served");
            requireList(fields, "models", "served");
            findings.unknownFields(file, "the file", fields);

            ServedModelReader servedModels = new ServedModelReader(registry, findings);
            RegisteredModelReader registeredModels = new RegisteredModelReader(
                    findings, new ModelVersionReader(registry, findings, cards, servedModels));
            for (int i = 0; i < models.size(); i++) {
                registeredModels.read(models.get(i), "models[" + i + ']');
            }
            for (int i = 0; i < served.size(); i++) {
                servedModels.read(served.get(i), "served[" + i + ']');
            }
            return findings;
        } catch (InvalidItemException e) {
            throw new InvalidFileException(e.line(), 0, e.fault());
        }
    }

    /** An empty list says that there is nothing; a file that was cut off, or is yet to be written, does not. */
    private static void requireList(ItemFields fields, String... names) throws InvalidItemException {
        boolean found = false;
        for (String name : names) {
            if (fields.isNothing(name)) {
                throw new InvalidItemException(fields.line(name), name + " has no value; write [] if there are none");
            }
            found |= fields.node(name) != null;
        }
        if (!found) {
            throw new InvalidItemException(fields.line(), "the file has neither models nor served");
        }
    }
}
