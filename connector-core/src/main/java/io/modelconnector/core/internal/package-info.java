/**
 * What several packages of this module need: what a URL is, and how a list of them is written. For maintainers of this
 * module; not part of its API.
 */
@NullMarked
package io.modelconnector.core.internal;

import org.jspecify.annotations.NullMarked;
