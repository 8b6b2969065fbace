package io.modelconnector.rhoai;

import io.modelconnector.core.entity.CardVersion;

/**
 * The readme of a registered model.
 *
 * @param modelId the model's id
 * @param version the readme as it was last read
 */
record Readme(String modelId, CardVersion version) {}
