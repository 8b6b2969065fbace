package io.modelconnector.rhoai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryIdsTest {
    @Test
    void ordersNumbersByValueAndOthersAfterThem() {
        List<String> ordered = List.of("0", "2", "007", "10", "99999999999999999999", "", "a", "b1");
        List<String> shuffled = List.of("b1", "99999999999999999999", "10", "a", "0", "007", "", "2");
        assertThat(shuffled.stream().sorted(RegistryIds.ORDER)).containsExactlyElementsOf(ordered);
    }
}
