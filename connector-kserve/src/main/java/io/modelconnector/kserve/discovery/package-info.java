/**
 * Finds model registries and the model catalog in a cluster: {@link io.modelconnector.kserve.discovery.RegistryDiscovery}.
 * For hosts that do not want to be told their URLs.
 */
@NullMarked
package io.modelconnector.kserve.discovery;

import org.jspecify.annotations.NullMarked;
