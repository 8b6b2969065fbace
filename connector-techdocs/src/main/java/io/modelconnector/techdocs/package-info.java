/**
 * Model cards as TechDocs. For hosts that serve the documentation of models next to the feed; the types that name a
 * card live in {@code io.modelconnector.core.entity}.
 */
@NullMarked
package io.modelconnector.techdocs;

import org.jspecify.annotations.NullMarked;
