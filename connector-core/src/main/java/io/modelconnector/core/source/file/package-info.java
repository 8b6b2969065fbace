/**
 * Facts from a file. For operators who describe models by hand, for platforms that can write a file but have no source
 * of their own, and for tests of whatever reads a source.
 */
@NullMarked
package io.modelconnector.core.source.file;

import org.jspecify.annotations.NullMarked;
