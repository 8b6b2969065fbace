/** The program's Prometheus metrics. For authors of roles. */
@NullMarked
package io.modelconnector.examples.sidecars.metrics;

import org.jspecify.annotations.NullMarked;
