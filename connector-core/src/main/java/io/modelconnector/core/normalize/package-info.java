/**
 * Facts in, entries out: how registered versions and served models are joined, named and described. For whoever embeds
 * the feed without its engine, and for whoever wants to know why an entry looks the way it does. The rules for names,
 * tags, owners and lifecycles are here and nowhere else.
 */
@NullMarked
package io.modelconnector.core.normalize;

import org.jspecify.annotations.NullMarked;
