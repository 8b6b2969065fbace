/** Formats: an entry as bytes. For hosts that publish the feed and for authors of a new format. */
@NullMarked
package io.modelconnector.core.format;

import org.jspecify.annotations.NullMarked;
