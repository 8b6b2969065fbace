/**
 * The contract that a host of the feed has to keep, as a test. For whoever mounts the endpoint in a server of their own:
 * extend {@link io.modelconnector.core.endpoint.contract.FeedHostContractTest}.
 */
@NullMarked
package io.modelconnector.core.endpoint.contract;

import org.jspecify.annotations.NullMarked;
