/** Placeholder. */
@org.jspecify.annotations.NullMarked
package io.modelconnector.core.normalize;
