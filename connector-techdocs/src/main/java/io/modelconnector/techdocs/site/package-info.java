/**
 * Documentation sites of models, as source trees for MkDocs. For hosts that write them to files or serve them as archives;
 * {@link io.modelconnector.techdocs.ModelCards} makes those of a feed.
 */
@NullMarked
package io.modelconnector.techdocs.site;

import org.jspecify.annotations.NullMarked;
