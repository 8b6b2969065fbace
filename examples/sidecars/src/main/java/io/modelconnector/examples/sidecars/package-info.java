/** The program: its command line and its roles. For whoever runs the connector, or adds a role to it. */
@NullMarked
package io.modelconnector.examples.sidecars;

import org.jspecify.annotations.NullMarked;
