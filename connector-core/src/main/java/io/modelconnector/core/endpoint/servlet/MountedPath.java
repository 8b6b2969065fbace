package io.modelconnector.core.endpoint.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.regex.Pattern;

/**
 * What a request's path has below the place where a servlet is mounted, as it came over the wire. The decoded paths that a
 * servlet is given do not say which slashes separate, and Jetty has none where that makes a difference.
 */
final class MountedPath {
    /** Added by containers, or by clients that got it from one, and no part of a name. */
    private static final Pattern SESSION = Pattern.compile(";jsessionid=[^/;]*", Pattern.CASE_INSENSITIVE);

    private MountedPath() {}

    static String of(HttpServletRequest request) {
        String rest = below(request.getRequestURI(), request.getContextPath() + mount(request.getHttpServletMapping()));
        return rest.indexOf(';') < 0 ? rest : SESSION.matcher(rest).replaceAll("");
    }

    private static String mount(HttpServletMapping mapping) {
        String pattern = mapping.getPattern();
        return mapping.getMappingMatch() == MappingMatch.PATH ? pattern.substring(0, pattern.length() - 2) : "";
    }

    /**
     * The path without as many segments as the mount has. They are the same but for their encoding and path parameters, or
     * the container would not have found the servlet; empty ones it does not count.
     */
    private static String below(String path, String mount) {
        int at = 0;
        for (long segments = segments(mount); segments > 0 && at < path.length(); ) {
            int end = path.indexOf('/', at + 1);
            end = end < 0 ? path.length() : end;
            segments -= end - at > 1 ? 1 : 0;
            at = end;
        }
        return at < path.length() ? path.substring(at) : "/";
    }

    private static long segments(String path) {
        return path.chars().filter(c -> c == '/').count();
    }
}
