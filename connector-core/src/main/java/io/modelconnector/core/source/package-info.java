/**
 * The source SPI: what a platform knows about its models, as facts. For authors of a new source. A source never sees
 * the feed; the facts are joined and named by the normalizer. Every type but the interfaces is immutable and
 * thread-safe.
 */
@NullMarked
package io.modelconnector.core.source;

import org.jspecify.annotations.NullMarked;
