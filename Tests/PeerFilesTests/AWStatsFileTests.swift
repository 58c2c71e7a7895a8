import Testing

@Suite struct AWStatsFileTests {
}
