/** The window's title: the screen first, so that tabs can be told apart. */
export function setTitle(screen: string, brand: string): void {
  document.title = screen === "" ? brand : `${screen} · ${brand}`;
}
