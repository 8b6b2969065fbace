package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What of a page can be judged by a program as to whether everybody can use it. */
final class Accessibility {
    /** The texts whose contrast is below 4.5 to 1, with the colours and the contrast. */
    static final String FAINT_TEXTS = """
            (() => {
              const parse = text => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return {r, g, b, a}; };
              const light = ({r, g, b}) => [r, g, b].map(v => v / 255)
                .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
              const ground = element => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = parse(getComputedStyle(e).backgroundColor);
                  if (colour.a === 1) return colour;
                }
                return parse(matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0,0,0)' : 'rgb(255,255,255)');
              };
              const faint = [];
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('[aria-hidden], script')) continue;
                const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
                const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (contrast < 4.5) faint.push(texts.currentNode.data.trim().slice(0, 40) + ' ' + contrast.toFixed(2));
              }
              return faint;
            })()
            """;

    /** Where the focus is: a path that is unique on the page, and how it is shown. */
    static final String FOCUS = """
            (() => {
              const at = document.activeElement;
              let path = '';
              for (let e = at; e && e.parentElement; e = e.parentElement) {
                path = '/' + e.tagName + [...e.parentElement.children].indexOf(e) + path;
              }
              return { path, text: at.textContent.slice(0, 60), outline: getComputedStyle(at).outlineStyle,
                left: Math.round(at.getBoundingClientRect().left) };
            })()
            """;

    private Accessibility() {}

    static List<String> names(JsonNode tree, String role) {
        List<String> names = new ArrayList<>();
        for (JsonNode node : tree) {
            if (!node.path("ignored").asBoolean()
                    && node.path("role").path("value").asText().equals(role)) {
                names.add(node.path("name").path("value").asText());
            }
        }
        return names;
    }

    static int count(JsonNode tree, String role) {
        return names(tree, role).size();
    }

    static List<Integer> headingLevels(JsonNode tree) {
        List<Integer> levels = new ArrayList<>();
        for (JsonNode node : tree) {
            if (node.path("role").path("value").asText().equals("heading")) {
                for (JsonNode property : node.path("properties")) {
                    if (property.path("name").asText().equals("level")) {
                        levels.add(property.path("value").path("value").asInt());
                    }
                }
            }
        }
        return levels;
    }

    /** No level is left out on the way down. */
    static void assertHeadingsInOrder(JsonNode tree) {
        int before = 0;
        for (int level : headingLevels(tree)) {
            assertThat(level).isLessThanOrEqualTo(before + 1);
            before = level;
        }
    }
}
