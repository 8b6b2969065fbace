/**
 * Makes model cards fit to be shown as documentation. For hosts that pass cards on to MkDocs, TechDocs or another renderer of
 * Markdown; {@link io.modelconnector.techdocs.clean.ModelCardCleaner} is the entrance.
 */
@NullMarked
package io.modelconnector.techdocs.clean;

import org.jspecify.annotations.NullMarked;
