/**
 * OpenShift AI's model registries and model catalog as a source of a feed. For programs that embed the feed, which need
 * {@link io.modelconnector.rhoai.RhoaiModelSource}, and for those that know by other means where registries are, which
 * implement {@link io.modelconnector.rhoai.RegistryDirectory}.
 */
@NullMarked
package io.modelconnector.rhoai;

import org.jspecify.annotations.NullMarked;
