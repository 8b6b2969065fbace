/** The shortest program that embeds the library. For whoever embeds it, too. */
@NullMarked
package io.modelconnector.examples.quickstart;

import org.jspecify.annotations.NullMarked;
