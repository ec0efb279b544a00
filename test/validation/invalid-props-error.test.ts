import { Construct, RootConstruct } from 'constructs';
import { InvalidPropsError } from 'nines';

class Shelf extends Construct {}

function thrownFor(problems: readonly string[]): InvalidPropsError {
  const shelf = new Shelf(new Construct(new RootConstruct(), 'shop'), 'Books');
  try {
    InvalidPropsError.throwIfAny(problems, shelf);
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
  }
  throw new Error('expected an InvalidPropsError');
}

describe('InvalidPropsError', () => {
  test('names the class, the path and every problem', () => {
    expect(
      thrownFor(['boards must be flat, got 2; plane them', 'nails must be long, got 1 cm; buy others']).message,
    ).toBe(
      [
        'Shelf "shop/Books" cannot be built:',
        '  - boards must be flat, got 2; plane them',
        '  - nails must be long, got 1 cm; buy others',
      ].join('\n'),
    );
  });

  test('gives the problems and the path apart, for programs', () => {
    const { problems, constructPath } = thrownFor(['boards must be flat', 'nails must be long']);
    expect(problems).toEqual(['boards must be flat', 'nails must be long']);
    expect(constructPath).toBe('shop/Books');
  });

  test('is an Error, called by its name in a stack trace', () => {
    const error = thrownFor(['boards must be flat']);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('InvalidPropsError');
    expect(String(error)).toBe('InvalidPropsError: Shelf "shop/Books" cannot be built:\n  - boards must be flat');
  });

  test('keeps its problems when the list that it got changes', () => {
    const list = ['boards must be flat'];
    const error = thrownFor(list);
    list.push('nails must be long');
    expect(error.problems).toEqual(['boards must be flat']);
  });

  test('is not thrown when there are no problems', () => {
    expect(() => InvalidPropsError.throwIfAny([], new Shelf(new RootConstruct(), 'Books'))).not.toThrow();
  });
});
