package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.source.Problem;
import java.util.List;

public record NormalizedModels(List<CatalogEntry> entries, List<Problem> problems) {}
