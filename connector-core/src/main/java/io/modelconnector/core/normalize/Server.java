package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.ServerDeclaration;

/**
 * Where an entry is served.
 *
 * @param wantedName the server name that it has if nobody older has it
 * @param address where it is called
 * @param authentication whether callers have to authenticate
 * @param declaration what its operators say of it
 */
record Server(String wantedName, Address address, boolean authentication, ServerDeclaration declaration) {}
