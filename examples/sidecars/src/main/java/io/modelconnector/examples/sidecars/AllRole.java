package io.modelconnector.examples.sidecars;

import picocli.CommandLine.Command;

@Command(name = "all", description = "x")
final class AllRole extends Role {
    AllRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) throws Exception {}
}
