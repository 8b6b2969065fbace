/**
 * Keeps the locations of a Backstage catalog as the entries of a store are. For authors of roles, which start {@link
 * io.modelconnector.examples.sidecars.backstage.BackstagePush}.
 */
@NullMarked
package io.modelconnector.examples.sidecars.backstage;

import org.jspecify.annotations.NullMarked;
