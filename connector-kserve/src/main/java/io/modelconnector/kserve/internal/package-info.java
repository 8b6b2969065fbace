/**
 * Listing and watching of Kubernetes objects, shared by the source and the discovery. For maintainers of this module; not
 * part of its API.
 */
@NullMarked
package io.modelconnector.kserve.internal;

import org.jspecify.annotations.NullMarked;
