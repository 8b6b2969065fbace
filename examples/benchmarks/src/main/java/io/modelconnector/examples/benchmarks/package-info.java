/** Benchmarks of the library, for whoever changes something that is to stay fast. */
@NullMarked
package io.modelconnector.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
