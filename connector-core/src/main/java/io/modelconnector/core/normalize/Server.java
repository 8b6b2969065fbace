package io.modelconnector.core.normalize;

/**
 * Where an entry is served.
 *
 * @param wantedName the server name that it has if nobody older has it
 * @param address where it is called
 * @param authentication whether callers have to authenticate
 */
record Server(String wantedName, Address address, boolean authentication) {}
