import "@fontsource-variable/golos-text/wght.css";
import "@fontsource-variable/literata/wght.css";
import "@fontsource/old-standard-tt/400.css";
