/** What the program is told by flags and environment variables, checked before anything starts. For authors of roles. */
@NullMarked
package io.modelconnector.examples.sidecars.settings;

import org.jspecify.annotations.NullMarked;
