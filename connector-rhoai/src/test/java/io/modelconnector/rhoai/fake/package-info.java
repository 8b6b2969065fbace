/** Fake servers and time, for the tests of this module. */
package io.modelconnector.rhoai.fake;
