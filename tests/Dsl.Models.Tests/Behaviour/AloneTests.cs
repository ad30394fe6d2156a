using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Memory and threads: what a run allocates, what is freed, and many threads on one network.</summary>
[Collection(nameof(AloneCollection))]
public class AloneTests
{
    public static IEnumerable<object[]> NamesAndThreads => Subject.Names.SelectMany(name => new[] { new object[] { name[0], 1 }, [name[0], 2] });

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void Steady_steps_allocate_nothing(string name, int threads)
    {
        using var count = new ThreadCount(threads);
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCounting(1);
        Draw[] draws = [.. new[] { 64, 7, 1, 32 }.Select(batch => new Draw(network, subject, batch))];
        Action runs = () =>
        {
            foreach (Draw draw in draws)
            {
                if (draw.Count > 1)
                    subject.TrainStep(network, draw);
                subject.Predict(network, draw);
                subject.Loss(network, draw);
            }
        };
        for (int i = 0; i < 3; i++)
            runs();
        long allocations = CountingBackend.Allocations;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 25; i++)
                runs();
        }));
        Assert.Equal(allocations, CountingBackend.Allocations);
    }

    [Fact]
    public void Steady_classification_allocates_nothing()
    {
        using var network = new DigitNet();
        using var hinge = new SignNet();
        using var parts = new Autoencoder();
        var draw = new Draw(network, Subject.Named(nameof(DigitNet)), 5);
        int[] labels = new int[5];
        float[] code = new float[15];
        var inputs = new DigitNet.InputBatch(draw.X);
        var outputs = new DigitNet.OutputBatch(draw.Y);
        for (int i = 0; i < 3; i++)
            Run();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                Run();
        }));

        void Run()
        {
            network.Classify(draw.X, labels);
            network.Probabilities(draw.X, draw.Y);
            network.Predict(draw.X.AsSpan(0, 64), draw.Y.AsSpan(0, 10));
            network.Predict(inputs, outputs);
            network.TrainStep(inputs, labels);
            hinge.Classify(draw.X.AsSpan(0, 20), labels);
            parts.Encode(draw.X.AsSpan(0, 60), code);
            parts.Decode(code, draw.X.AsSpan(100, 60));
        }
    }

    [Fact]
    public void Steps_of_Fit_allocate_nothing()
    {
        using var network = new DigitNet(1);
        var random = new Random(1);
        var data = new Samples(Draw.Numbers(random, 100 * 64), Enumerable.Range(0, 100).Select(_ => random.Next(10)).ToArray());
        long least = long.MaxValue;
        for (int i = 0; i < 3 && least > 0; i++)
        {
            var meter = new Meter();
            network.Fit(data, new FitOptions { Epochs = 4, BatchSize = 8, Callbacks = [meter] });
            least = Math.Min(least, meter.Allocated);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_process_does_not_grow_over_many_steps()
    {
        using var network = new PoolNet(1);
        var draw = new Draw(network, Subject.Named(nameof(PoolNet)), 32);
        for (int i = 0; i < 20; i++)
            Run();
        long before = Private();
        for (int i = 0; i < 300; i++)
            Run();

        // A megabyte of scratch memory leaked each step would be 300 of them.
        Assert.InRange(Private() - before, long.MinValue, 16L << 20);

        void Run()
        {
            network.TrainStep(draw.X, draw.Labels);
            network.Predict(draw.X, draw.Y);
        }

        static long Private()
        {
            using var process = Process.GetCurrentProcess();
            return process.PrivateMemorySize64;
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void The_seed_makes_the_bits_whatever_the_threads(string name)
    {
        Subject subject = Subject.Named(name);
        using Network one = Run(1, 7);
        using Network two = Run(2, 7);
        using Network other = Run(1, 8);
        Same.Bits(one, two);
        Assert.False(Same.HaveBits(one, other));

        Network Run(int threads, ulong seed)
        {
            using var count = new ThreadCount(threads);
            Network network = subject.OnCpu(seed);
            var draw = new Draw(network, subject, 33);
            for (int i = 0; i < 4; i++)
                subject.TrainStep(network, draw);
            return network;
        }
    }

    [Theory]
    [InlineData(nameof(Mlp), 1)]
    [InlineData(nameof(WideMlp), 2)]
    [InlineData(nameof(DigitNet), 2)]
    [InlineData(nameof(TwoInputs), 1)]
    [InlineData(nameof(PoolNet), 2)]
    public void Eight_threads_get_each_their_own_answer(string name, int threads)
    {
        using var count = new ThreadCount(threads);
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCounting(3);
        Draw[][] draws = [.. Enumerable.Range(0, 8).Select(thread => Enumerable.Range(0, 4).Select(i => new Draw(network, subject, 1 + ((thread * 5) + (i * 3)) % 40, (thread * 10) + i)).ToArray())];
        foreach (Draw draw in draws.SelectMany(list => list))
            subject.Predict(network, draw);
        float[][][] expected = [.. draws.Select(list => list.Select(draw => draw.Y.ToArray()).ToArray())];
        int wrong = 0;
        InParallel(8, thread =>
        {
            for (int round = 0; round < 50; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    Draw draw = draws[thread][i];
                    Array.Clear(draw.Y);
                    subject.Predict(network, draw);
                    if (!draw.Y.AsSpan().SequenceEqual(expected[thread][i]))
                        Interlocked.Increment(ref wrong);
                }
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Many_threads_may_meet_weights_that_were_just_written()
    {
        using var network = new WideMlp(3);
        var draw = new Draw(network, Subject.Named(nameof(WideMlp)), 4);
        using var twin = new WideMlp(3);
        for (int round = 0; round < 20; round++)
        {
            network.Linear1.Weight.Values[round] = round;
            twin.Linear1.Weight.Values[round] = round;
            twin.Predict(draw.X, draw.Y);
            int wrong = 0;
            InParallel(6, _ =>
            {
                float[] outputs = new float[40];
                network.Predict(draw.X, outputs);
                if (!outputs.AsSpan().SequenceEqual(draw.Y))
                    Interlocked.Increment(ref wrong);
            });
            Assert.Equal(0, wrong);
        }
    }

    [Fact]
    public void A_network_can_be_saved_beside_its_predictions()
    {
        using var network = new PoolNet(3);
        var draw = new Draw(network, Subject.Named(nameof(PoolNet)), 2);
        network.Predict(draw.X, draw.Y);
        int wrong = 0;
        int running = 3;
        InParallel(4, thread =>
        {
            if (thread == 3)
            {
                while (Volatile.Read(ref running) > 0)
                    network.Save(System.IO.Stream.Null);
                return;
            }

            float[] outputs = new float[8];
            for (int i = 0; i < 2000; i++)
            {
                network.Predict(draw.X, outputs);
                if (!outputs.AsSpan().SequenceEqual(draw.Y))
                    Interlocked.Increment(ref wrong);
            }

            Interlocked.Decrement(ref running);
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Dispose_waits_for_predictions_under_way()
    {
        for (int round = 0; round < 20; round++)
        {
            long live = CountingBackend.Live;
            Network network = WideMlp.On<CountingBackend>(1);
            Subject subject = Subject.Named(nameof(WideMlp));
            Draw[] draws = [.. Enumerable.Range(0, 4).Select(i => new Draw(network, subject, 3 + i))];
            using var started = new CountdownEvent(4);
            int refused = 0;
            InParallel(5, thread =>
            {
                if (thread == 4)
                {
                    started.Wait();
                    network.Dispose();
                    return;
                }

                started.Signal();
                try
                {
                    for (int i = 0; i < 100_000; i++)
                        subject.Predict(network, draws[thread]);
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            Assert.Equal(4, refused);
            Assert.Equal(live, CountingBackend.Live);
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Dispose_frees_everything(string name)
    {
        Subject subject = Subject.Named(name);
        Collect();
        long live = CountingBackend.Live;
        Network network = subject.OnCounting(1);
        InParallel(4, thread => subject.Predict(network, new Draw(network, subject, 1 + (thread * 9))));
        var draw = new Draw(network, subject, 6);
        subject.TrainStep(network, draw);
        subject.Loss(network, draw);
        Assert.True(CountingBackend.Live > live);
        network.Dispose();
        Assert.Equal(live, CountingBackend.Live);
        network.Dispose();
        Assert.Equal(live, CountingBackend.Live);
    }

    [Fact]
    public void Networks_that_nobody_disposed_are_freed_by_the_collector()
    {
        Collect();
        long live = CountingBackend.Live;
        for (int i = 0; i < 20; i++)
            Drop();
        CountingBackend.RoomFor = 0;
        Refusal.Says<OutOfMemoryException>(() => Mlp.On<CountingBackend>(), "Mlp", "prepared weights", "bytes");
        Collect();
        Assert.Equal(live, CountingBackend.Live);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop()
        {
            Subject subject = Subject.Named(nameof(DigitNet));
            Network network = subject.OnCounting(1);
            InParallel(3, thread => subject.Predict(network, new Draw(network, subject, 1 + thread)));
            subject.TrainStep(network, new Draw(network, subject, 3));
        }
    }

    [Fact]
    public void A_span_of_values_outlives_its_network()
    {
        Span<float> values = ValuesOfADroppedNetwork();
        Collect();
        values.Fill(2);
        Collect();
        foreach (float value in values)
            Assert.Equal(2, value);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Span<float> ValuesOfADroppedNetwork()
        {
            using var network = new WideMlp();
            return network.Linear1.Weight.Values;
        }
    }

    [Fact]
    public void A_run_for_which_there_is_no_room_leaves_the_network_usable()
    {
        long live = CountingBackend.Live;
        using (Mlp network = Mlp.On<CountingBackend>(1))
        {
            Subject subject = Subject.Named(nameof(Mlp));
            var small = new Draw(network, subject, 2);
            var large = new Draw(network, subject, 50);
            subject.Predict(network, small);
            subject.Loss(network, small);
            subject.TrainStep(network, small);
            foreach (Action run in new Action[] { () => subject.Predict(network, large), () => subject.Loss(network, large), () => subject.TrainStep(network, large) })
            {
                CountingBackend.RoomFor = 0;
                Refusal.Says<OutOfMemoryException>(run, "Mlp", "a batch of 50 samples", "bytes are wanted");
                Assert.Null(CountingBackend.RoomFor);
                subject.Predict(network, small);
                run();
                run();
            }
        }

        Assert.Equal(live, CountingBackend.Live);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steady_gradients_allocate_nothing(int threads)
    {
        using var count = new ThreadCount(threads);
        using DigitNet network = DigitNet.On<CountingBackend>(1);
        Draw[] draws = [.. new[] { 16, 7, 2 }.Select(batch => new Draw(network, Subject.Named(nameof(DigitNet)), batch))];
        float[][] gradients = [.. draws.Select(draw => new float[draw.X.Length])];
        for (int i = 0; i < 3; i++)
            Run();
        long allocations = CountingBackend.Allocations;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 25; i++)
                Run();
        }));
        Assert.Equal(allocations, CountingBackend.Allocations);

        void Run()
        {
            for (int i = 0; i < draws.Length; i++)
            {
                network.Gradients(draws[i].X, draws[i].Labels);
                network.Apply();
                network.Gradients(draws[i].X, draws[i].Labels, gradients[i]);
                network.Linear1.Bias.Gradients[0] = 0;
                network.Apply();
                network.GradientsFrom(draws[i].X, draws[i].Y, gradients[i]);
                network.Apply();
                network.TrainStep(draws[i].X, draws[i].Labels);
            }
        }
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static void InParallel(int threads, Action<int> body)
    {
        Exception? failure = null;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            try
            {
                body(i);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }))];
        foreach (Thread thread in all)
            thread.Start();
        foreach (Thread thread in all)
            thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("A thread failed.", failure);
    }

    /// <summary>What the training thread allocates from step to step, after the first epoch.</summary>
    private sealed class Meter : FitCallback
    {
        private long last;

        public long Allocated { get; private set; }

        public override void OnEpochBegin(FitContext fit) => last = 0;

        public override void OnStepEnd(FitContext fit)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (fit.Epoch > 1 && last > 0)
                Allocated += now - last;
            last = now;
        }
    }
}
