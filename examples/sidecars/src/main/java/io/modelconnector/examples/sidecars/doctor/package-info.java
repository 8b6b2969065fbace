/** The role that checks what a deployment needs. For whoever adds a check: a {@code Check} of its own, listed in {@code Doctor}. */
@NullMarked
package io.modelconnector.examples.sidecars.doctor;

import org.jspecify.annotations.NullMarked;
