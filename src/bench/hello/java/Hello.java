import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The least a Quarkus program can do: what {@code src/bench/start} compares with. */
@Path("/hello")
public class Hello {
    /** Says hello. */
    @GET
    public String hello() {
        return "Hello";
    }
}
