/** Keeps entries in the ConfigMaps of a namespace. For authors of hosts that run in a cluster. */
@NullMarked
package io.modelconnector.kserve.store;

import org.jspecify.annotations.NullMarked;
