/**
 * Listing, watching, reading and writing of Kubernetes objects, shared by the source, the discovery and the store. For
 * maintainers of this module; not part of its API.
 */
@NullMarked
package io.modelconnector.kserve.internal;

import org.jspecify.annotations.NullMarked;
