package io.modelconnector.rhoai.client;

import java.util.function.IntFunction;
import okhttp3.HttpUrl;

/**
 * Which upstream a client talks to.
 *
 * @param name its name, for metrics and threads
 * @param label what messages call it: {@code registry "public"}
 * @param api the base of its API
 * @param refusal what to do about a 401 or 403
 */
record UpstreamIdentity(String name, String label, HttpUrl api, IntFunction<String> refusal) {}
