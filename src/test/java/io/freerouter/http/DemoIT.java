package io.freerouter.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DemoIT extends DemoTest {}
