import { findJava, findJavaBetween } from '../../../local/servers/jdk';

describe('the search for a JDK', () => {
  it('fails with the wanted releases when there is none of them', () => {
    expect(() => findJavaBetween(998, 999)).toThrow(/JDK 998 to 999 is needed, found .*adoptium/);
    expect(() => findJava(998)).toThrow(/JDK 998 or newer is needed/);
  });
});
