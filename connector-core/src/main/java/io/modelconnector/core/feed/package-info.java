/**
 * The feed engine: reads sources, keeps the last good state of each, and publishes snapshots. For whoever embeds the
 * connector.
 */
@NullMarked
package io.modelconnector.core.feed;

import org.jspecify.annotations.NullMarked;
