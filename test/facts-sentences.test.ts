/** The sentences that sign: exact, alone on their line, said by whoever writes the comment, and nothing else. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CERTIFICATION, sentenceIn, sentencesIn, signingSentence } from '../src/facts/sentences.ts';

const agreement = { title: 'Acme Individual Agreement', version: '2.1' };
const SENTENCE = signingSentence(agreement);
const signature = { kind: 'signature', text: SENTENCE, ...agreement };

describe('a sentence signs', () => {
  test.each([
    ['alone', SENTENCE],
    ['with blanks at its end', `${SENTENCE} \t `],
    ['as Windows writes lines', `Hello!\r\n${SENTENCE}\r\nBye.`],
    ['between other words, on a line of its own', `Thank you, here it is:\n\n${SENTENCE}\n\nJane`],
    ['below a quotation of it', `> ${SENTENCE}\n\n${SENTENCE}`],
    ['after a code block', `\`\`\`\nnothing\n\`\`\`\n${SENTENCE}`],
  ])('%s', (_, body) => {
    expect(sentenceIn(body)).toEqual(signature);
  });

  test('whatever it is called, when the title is one line', () => {
    for (const title of ['CLA', 'the Acme Agreement, version 3, as amended', 'Acme CLA (EU)', 'Übereinkunft “A” & B', '協定']) {
      expect(sentenceIn(signingSentence({ title, version: '1' }))).toMatchObject({ title, version: '1' });
    }
  });

  test('and the certification certifies, in its exact words', () => {
    expect(sentenceIn(CERTIFICATION)).toEqual({ kind: 'certification', text: CERTIFICATION });
    expect(sentenceIn(CERTIFICATION.replace('my commits', 'all commits'))).toBeNull();
  });
});

describe('nobody signs', () => {
  test.each([
    ['by quoting it', `> ${SENTENCE}`],
    ['by quoting a quotation', `>> ${SENTENCE}`],
    ['by denying it before', `I do not agree that ${SENTENCE}`],
    ['by denying it inside', SENTENCE.replace('and agree', 'and do not agree')],
    ['by denying it after', `${SENTENCE} Not!`],
    ['by asking whether to', `${SENTENCE.slice(0, -1)}?`],
    ['with an indented line', `  ${SENTENCE}`],
    ['in a list', `- ${SENTENCE}`],
    ['in bold', `**${SENTENCE}**`],
    ['in code', `\`${SENTENCE}\``],
    ['by showing others what to write', `Please write:\n\`\`\`\n${SENTENCE}\n\`\`\``],
    ['in a code block that is never closed', `~~~ text\n${SENTENCE}`],
    ['in a code block that shows another', `\`\`\`\`\n\`\`\`\n${SENTENCE}\n\`\`\`\`\n`],
    ['in other capitals', SENTENCE.toLowerCase()],
    ['with two blanks', SENTENCE.replace('have read', 'have  read')],
    ['with a blank that is none', SENTENCE.replace('I have', 'I\u00a0have')],
    ['with letters that only look alike', SENTENCE.replace('agree', '\u0430gree')],
    ['with a hidden character', SENTENCE.replace('agree', 'ag\u200bree')],
    ['in reverse order on the screen', `\u202e${SENTENCE}`],
    ['without a version', 'I have read and agree to the Acme Individual Agreement.'],
    ['for a version in words', 'I have read and agree to the Acme Individual Agreement, version two.'],
    ['for a title over two lines', 'I have read and agree to the Acme\nIndividual Agreement, version 2.1.'],
    ['below what GitHub takes at most', `${'a\n'.repeat(32_768)}${SENTENCE}`],
    ['by saying nothing', ''],
  ])('%s', (_, body) => {
    expect(sentenceIn(body)).toBeNull();
  });

  test('by any one character more, less or other than the sentence', () => {
    const change = fc.record({
      at: fc.nat(SENTENCE.length - 1),
      put: fc.string({ unit: 'grapheme', maxLength: 1 }),
      instead: fc.boolean(),
    });
    fc.assert(
      fc.property(change, ({ at, put, instead }) => {
        const body = SENTENCE.slice(0, at) + put + SENTENCE.slice(instead ? at + 1 : at);
        const said = sentenceIn(body);
        // What is left is the sentence itself, or one for another title or version, which is not in force.
        if (said?.kind === 'signature' && said.title === agreement.title && said.version === agreement.version) {
          expect(said.text).toBe(SENTENCE);
        }
      }),
    );
  });
});

describe('a comment with several sentences', () => {
  const other = signingSentence({ title: 'Acme Patent Agreement', version: '1.0' });

  test('says each of them, in order and once', () => {
    const body = [CERTIFICATION, 'and', SENTENCE, `> ${other}`, '', SENTENCE, other].join('\n');
    expect(sentencesIn(body).map(({ text }) => text)).toEqual([CERTIFICATION, SENTENCE, other]);
  });

  test('says the first ten: nobody signs more at once', () => {
    const many = Array.from({ length: 30 }, (_, index) => signingSentence({ title: `Agreement ${index}`, version: '1' }));
    expect(sentencesIn(many.join('\n')).map(({ text }) => text)).toEqual(many.slice(0, 10));
  });
});

test.each([
  ['blanks', ' '.repeat(65_535)],
  ['blanks and tabs before a word', `${' \t'.repeat(32_767)}x`],
  ['the beginning of a sentence, again and again', 'I have read and agree to the '.repeat(2_259)],
  ['versions', `I have read and agree to the ${', version 1'.repeat(5_900)}`],
])('a comment of nothing but %s is read at once', (_of, body) => {
  // Ten thousand of them in the time that one took when every blank was tried as the beginning of the end.
  for (let times = 0; times < 300; times++) expect(sentencesIn(body)).toEqual([]);
});
