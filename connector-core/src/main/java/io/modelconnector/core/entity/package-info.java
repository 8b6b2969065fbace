/**
 * What is published: entries of the feed and the values in them. For everybody who reads the feed or writes a format.
 * All types are immutable and thread-safe.
 */
@NullMarked
package io.modelconnector.core.entity;

import org.jspecify.annotations.NullMarked;
