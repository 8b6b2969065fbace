/** A source for MLflow's model registry. For authors of a source for another platform: this is all that one takes. */
@NullMarked
package io.modelconnector.examples.mlflow;

import org.jspecify.annotations.NullMarked;
